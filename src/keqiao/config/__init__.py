"""Assembly only: settings, addresses, the web process, the command. No rule of the business lives here."""

"""The door: allauth signs people in, axes locks attackers out; here they are held to our rules."""

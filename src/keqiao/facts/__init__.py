"""Facts and table rows of an enterprise with source and period, for whoever judges it (5.1, 4.1.4).

What a module knows of an enterprise it declares here; what policy, declarations and finance ask for they ask here, by
the names of the eligibility library's vocabulary. This app holds no rows of its own. It declares what lies below it:
the yearly figures and the profile of the register.
"""

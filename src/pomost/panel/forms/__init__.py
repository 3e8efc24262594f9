"""Forms drawn from the declarations of settings, and what a browser sends back turned into a settings document."""

"""Every statement sent to a company of Comarch ERP Optima and to its configuration database."""

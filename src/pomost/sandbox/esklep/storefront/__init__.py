"""What a shopper sees in a browser: pages made by the server, in Polish, without scripts and without other hosts."""

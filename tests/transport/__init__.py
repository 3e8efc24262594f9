"""What the wires believe of servers, and what they do with servers that cannot keep up."""

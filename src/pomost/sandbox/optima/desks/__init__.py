"""Desks of the company's office: each is the work of one clerk, and every method is one saved change."""

"""Forces in, a balanced schedule of departures out, with a certificate that knows nothing of how it was found."""

"""Hard rules: what no plan may break, a module each."""

"""Questions of many kinds over invented letters, judged kind by kind."""

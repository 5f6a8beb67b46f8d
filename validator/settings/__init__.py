"""What every option and every declared check has in common."""

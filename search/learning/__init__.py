"""What an office learns from what its citizens search: the log, its reports, promoted results, judgements."""

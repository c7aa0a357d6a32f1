"""whosays: who says what happened, where and when — according to whom. The public verbs and nouns, nothing else."""

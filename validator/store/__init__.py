"""Reports of tasks that outlive a run: another one goes on from them, or puts them together."""

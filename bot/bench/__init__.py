"""Speed, shown as ratios within one run, because a shared machine's seconds mean little."""

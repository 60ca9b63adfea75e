"""Speed and memory, each figure measured beside the limit or the floor it is held against."""

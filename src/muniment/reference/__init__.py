"""What the world already knows: places, munitions, parties, number words. Each row says whence it is."""

"""What a page of a site tells about how its releases can be found: no network, no clock, nothing stored."""

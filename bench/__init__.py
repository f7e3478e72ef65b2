"""The benchmark: `make bench`. Ratios within one run mean something; absolute figures are the machine's."""

/* The one entry of the scripts: each module looks for its own marks on the page and does nothing without them. */

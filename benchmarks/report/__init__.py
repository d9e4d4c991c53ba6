"""How measures are shown: `goals` against what was asked for, `picture` drawn, `page` written."""

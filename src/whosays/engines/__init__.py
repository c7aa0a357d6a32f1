"""Ways to run the pipeline over many inputs. `local`: on this machine. `watch`: on what comes in, for as long as one likes."""

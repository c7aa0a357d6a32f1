"""Ways to run the pipeline over many inputs. So far `local`: one process on this machine."""

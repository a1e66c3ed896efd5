"""The gateway's routes: each translates between HTTP and the modules beside this folder."""

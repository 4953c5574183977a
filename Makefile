# Two commands: `make run` and `make test`. All of it is done by dev.py, with the standard library alone.
.PHONY: run test check bench lock clean
run test check bench lock clean:
	@python3 dev.py $@

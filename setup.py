"""What a wheel holds besides the files of the checkout: the list of its rules, and what was read of them."""

import os
import subprocess
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithRulesRead(build_py):
    def run(self) -> None:
        super().run()
        if self.editable_mode:
            self._show_type_checkers_the_source()
        else:
            # before what is there: pip tells by PYTHONPATH where pydantic and PyYAML are while a wheel is built
            path = [str(Path(self.build_lib).resolve()), *filter(None, [os.environ.get("PYTHONPATH")])]
            environment = os.environ | {"PYTHONPATH": os.pathsep.join(path)}
            for module in (["magcheck.knowledge.keep", "--seal"], ["magcheck.inference.ready"]):
                command = [sys.executable, "-m", *module]
                subprocess.run(command, check=True, env=environment, cwd=self.build_lib)  # noqa: S603 - our own

    def _show_type_checkers_the_source(self) -> None:
        """An editable install is found by a hook of Python, which type checkers do not run: they read paths."""
        installed = Path(self.distribution.get_command_obj("install").install_lib)
        (installed / "magcheck_source.pth").write_text(f"{Path('engine').resolve()}\n", encoding="utf-8")


setup(cmdclass={"build_py": BuildWithRulesRead})

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
        if not self.editable_mode:
            # before what is there: pip tells by PYTHONPATH where pydantic and PyYAML are while a wheel is built
            path = [str(Path(self.build_lib).resolve()), *filter(None, [os.environ.get("PYTHONPATH")])]
            environment = os.environ | {"PYTHONPATH": os.pathsep.join(path)}
            command = [sys.executable, "-m", "magcheck.knowledge.keep", "--seal"]
            subprocess.run(command, check=True, env=environment, cwd=self.build_lib)  # noqa: S603 - our own module


setup(cmdclass={"build_py": BuildWithRulesRead})

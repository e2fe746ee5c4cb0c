"""Work handed to many hands with limits on each: one seam over `concurrent.futures.Executor`, results in order."""

from muniment.jobs.failure import Failure
from muniment.jobs.pool import LimitedPool
from muniment.jobs.run import run

__all__ = ["Failure", "LimitedPool", "run"]

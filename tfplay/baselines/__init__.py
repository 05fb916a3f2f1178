"""What is simpler than a transformer, on the same examples: is the transformer worth it?"""

from tfplay.baselines.comparison import Baseline, best_baseline, measure_baselines, verdict

__all__ = ["Baseline", "best_baseline", "measure_baselines", "verdict"]

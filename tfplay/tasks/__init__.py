"""Tasks: examples from a file -> arrays -> what a model learns -> its answer and its score."""

from tfplay.tasks.base import Task, TaskData
from tfplay.tasks.batches import IGNORED, Batch, TrainingData
from tfplay.tasks.language_model import LanguageModelData, LanguageModelTask
from tfplay.tasks.translation import TranslationData, TranslationTask
from tfplay.tasks.translator import ScoredText, Translation, translate

TASKS: dict[str, type[Task]] = {task.name: task for task in (LanguageModelTask, TranslationTask)}
"""Every task, by its name."""

__all__ = [
    "IGNORED",
    "TASKS",
    "Batch",
    "LanguageModelData",
    "LanguageModelTask",
    "ScoredText",
    "Task",
    "TaskData",
    "TrainingData",
    "Translation",
    "TranslationData",
    "TranslationTask",
    "translate",
]

"""Reports matched to tasks: candidates, scores, decisions, and the lines of ``dondoc links``."""

from service.linking.decisions import DECISIONS, answers_nothing, assign, confirm_sure, decide
from service.linking.learning import Habit, learn_links
from service.linking.link import Scene, link_all, link_report, scene_of, scenes_of
from service.linking.scorers import active
from service.linking.show import links

__all__ = [
    "DECISIONS",
    "Habit",
    "Scene",
    "active",
    "answers_nothing",
    "assign",
    "confirm_sure",
    "decide",
    "learn_links",
    "link_all",
    "link_report",
    "links",
    "scene_of",
    "scenes_of",
]

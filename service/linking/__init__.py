"""Reports matched to tasks: candidates, scores, decisions, and the lines of ``dondoc links``."""

from service.linking.decisions import answers_nothing, assign, confirm_sure, decide
from service.linking.link import Scene, link_all, link_report, scene_of
from service.linking.scorers import active
from service.linking.show import links

__all__ = [
    "Scene",
    "active",
    "answers_nothing",
    "assign",
    "confirm_sure",
    "decide",
    "link_all",
    "link_report",
    "links",
    "scene_of",
]

"""Reports matched to tasks: candidates, scores, decisions, and the lines of ``dondoc links``."""

from service.linking.decisions import decide
from service.linking.link import Scene, link_all, link_report, scene_of
from service.linking.show import links

__all__ = ["Scene", "decide", "link_all", "link_report", "links", "scene_of"]

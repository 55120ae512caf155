"""A kind of import contract: a large package is imported at its home and nowhere else."""

from grimp import ImportGraph
from importlinter import ContractCheck
from importlinter.contracts.protected import ProtectedContract
from importlinter.domain.imports import ModuleExpression


class AtHome(ProtectedContract):
    """The protected contract, which also holds while a package or its home is not there yet."""

    type_name = "at_home"

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        self.protected_modules = _there(self.protected_modules, graph)
        self.allowed_importers = _there(self.allowed_importers, graph)
        return super().check(graph, verbose)


def _there(
    expressions: list[ModuleExpression] | set[ModuleExpression], graph: ImportGraph
) -> list[ModuleExpression]:
    return [e for e in expressions if e.expression in graph.modules or e.has_wildcard_expression()]

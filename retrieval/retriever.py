"""LibCoach's search as a LangChain retriever, for chains of other people."""

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import Field


class LibCoachRetriever(BaseRetriever):
    """Finds passages; each comes with all that is needed to cite it."""

    answering: Any = Field(exclude=True)
    k: int = Field(default=5, ge=1)

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - the interface's name
    ) -> list[Document]:
        library = self.answering.library
        return [
            Document(
                page_content=found.text,
                metadata={
                    "document": found.document,
                    "title": found.title,
                    "section": list(found.section),
                    "page": found.page,
                    "passage": found.passage,
                    "version": library.version_of(found.document),
                    "score": found.score,
                },
            )
            for found in self.answering.search(query, self.k)
        ]

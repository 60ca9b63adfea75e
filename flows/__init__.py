"""RUN: when and in which order. The only room that imports Prefect."""

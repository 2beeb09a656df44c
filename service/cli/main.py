"""All commands. Heavy imports happen inside a command, so that ``dondoc --help`` is quick."""

from __future__ import annotations

import typer

from service.cli import (
    asks,
    backup,
    evaluate,
    evaluate_forms,
    extract,
    intake,
    jobs,
    legal,
    outputs,
    serve,
    tasks,
    train,
    units,
)

app = typer.Typer(
    name="dondoc",
    help="Đôn đốc: đọc văn bản giao nhiệm vụ và báo cáo, đối chiếu, cho biết việc nào chậm, đơn vị nào chưa báo cáo.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("extract")(extract.extract)
app.command("ingest")(intake.ingest)
app.command("reread")(intake.reread)
app.command("reindex")(intake.reindex)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.command("jobs")(jobs.jobs)
app.command("links")(asks.links)
app.command("gaps")(asks.gaps)
app.command("ask")(asks.ask)
app.command("charges")(asks.charges)
app.command("search")(asks.search)
app.command("export")(outputs.export)
app.command("letter")(outputs.letter)
app.command("remind")(outputs.remind)
app.add_typer(outputs.templates, name="templates")
app.command("validity")(legal.validity)
app.command("import-validity")(legal.import_validity)
app.command("units")(units.units)
app.command("import-units")(units.import_units)
app.command("check-draft")(legal.check_draft)
app.command("annotate")(legal.annotate)
app.command("export-graph")(legal.export_graph)
app.command("export-tasks")(tasks.export_tasks)
app.command("import-tasks")(tasks.import_tasks)
app.command("duplicates")(tasks.find_duplicates)
app.command("export-corrections")(tasks.export_corrections)
app.command("evaluate")(evaluate.evaluate)
app.command("evaluate-reports")(evaluate_forms.evaluate_reports)
app.command("train-tasks")(train.train_tasks)
app.command("train-links")(train.train_links)
app.command("train-statuses")(train.train_statuses)
app.command("train-encoder")(train.train_encoder)
app.command("learn-links")(train.learn_links)
app.command("demo")(intake.demo)
app.command("serve")(serve.serve)
app.command("worker")(serve.worker)

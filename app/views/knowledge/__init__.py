"""The knowledge page: finding articles (presenter.py, tree_view.py, results_view.py), reading one
(article_presenter.py, reading_view.py, versions_view.py), writing one (editor_presenter.py, editor_view.py).
What may happen to an article stands in app/services/knowledge/rules.py. Start with page.py.
"""

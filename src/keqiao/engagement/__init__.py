"""Clause 6: one engagement 服务项目, from commission to archive.

commission → material reviewed → feasibility decided → accepted → contract signed → working group formed →
investigated → plan confirmed → implemented → delivered → surveyed → archived. See states.py for the moves and
docs/states.md for the pictures. Parts of an engagement live in models/, one file a step.
"""

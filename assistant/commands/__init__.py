"""The sub-commands of `assistant`; each module registers one or a few that belong together."""

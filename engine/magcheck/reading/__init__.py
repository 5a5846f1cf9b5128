"""From a written line to items: what stands on a box, in a letter or in a chat, and nothing of it lost."""

"""A short plain text that models are measured on, before and after they learn something else."""

PLAIN_TEXT = """\
The kitchen was warm when she came home, and the bread on the table was still soft.
Most rivers begin in the hills as small streams and grow wider on their way to the sea.
He wrote the letter twice, because the first one had more ink on it than words.
In winter the days are short, so the children walk to school before the sun is up.
A bicycle needs no fuel, only someone who is willing to push the pedals.
The old bridge was closed for a year while the workers replaced its wooden beams.
If you mix blue and yellow paint you get green, and the more yellow, the lighter it is.
My grandmother kept her recipes in a tin box that smelled of pepper and cloves.
The train was late again, but nobody on the platform seemed to be in a hurry.
Birds that fly south in autumn often come back to the same tree in spring.
The doctor asked how long it had hurt, and he had to admit that he did not remember.
Before there were clocks in every house, people listened for the bells of the church.
A good map shows not only the roads but also the places where you may rest.
She learned to swim at the age of forty, in a lake that was cold even in August.
The shop on the corner sells tea, candles and, for some reason, a great many hats.
When the rain stopped, the whole street smelled of wet dust and mango leaves.
"""
"""Sixteen sentences of plain English, a line each, written for TFPlay."""

"""The app's registration."""

from django.apps import AppConfig


class ThemeConfig(AppConfig):
    """Registers `broadsheet.theme`."""

    name = "broadsheet.theme"
    label = "theme"
    verbose_name = "Theme"

    def ready(self) -> None:
        """Give the reader pages their stylesheet."""
        from broadsheet.reader import stylesheet
        from broadsheet.theme.stylesheet import Look, compile_stylesheet

        def compile_for(*, type_set: str, brand_colour: str) -> tuple[str, str]:
            made = compile_stylesheet(Look(brand=brand_colour, type_set=type_set))
            return made.digest, made.text

        stylesheet.use(compile_for)

"""How are an eGFR, a serum value and a stage computed? Formulae here, their figures in rules/equations.yaml."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from magcheck.core.model import Model
from magcheck.profile import Creatinine, CreatinineUnit, MagnesiumUnit, SerumMagnesium, Sex, Stage

Positive = Annotated[float, Field(gt=0)]


class CkdEpiSex(Model):
    kappa: Positive
    alpha: float
    factor: Positive


class CkdEpi2021(Model):
    scale: Positive
    age_base: Positive
    exponent_above: float
    female: CkdEpiSex
    male: CkdEpiSex
    from_age: Positive
    source: str


class BedsideSchwartz(Model):
    factor: Positive
    from_age: Positive
    source: str


class MagnesiumUnits(Model):
    mg_dl_per_mmol_l: Positive
    meq_per_mmol: Positive
    source: str


class Disagreement(Model):
    refuse_ratio: Positive
    """Two eGFR values of one person further apart than this cannot both be right."""


class Equations(Model):
    ckd_epi_2021: CkdEpi2021
    bedside_schwartz: BedsideSchwartz
    creatinine_umol_l_per_mg_dl: Positive
    serum_magnesium: MagnesiumUnits
    stages: dict[str, Annotated[tuple[float, float], Field(strict=False)]]
    """Stage -> (lowest eGFR, first eGFR above it), mL/min/1.73 m2."""
    disagreement: Disagreement

    def creatinine_mg_dl(self, creatinine: Creatinine) -> float:
        if creatinine.unit is CreatinineUnit.UMOL_L:
            return creatinine.value / self.creatinine_umol_l_per_mg_dl
        return creatinine.value

    def ckd_epi(self, creatinine_mg_dl: float, age: float, sex: Sex) -> float:
        """eGFR in mL/min/1.73 m2 of an adult by CKD-EPI 2021 (Inker, NEJM 2021;385:1737)."""
        equation = self.ckd_epi_2021
        own = equation.female if sex is Sex.FEMALE else equation.male
        ratio = creatinine_mg_dl / own.kappa
        return float(
            equation.scale
            * min(ratio, 1) ** own.alpha
            * max(ratio, 1) ** equation.exponent_above
            * equation.age_base**age
            * own.factor
        )

    def schwartz(self, creatinine_mg_dl: float, height_cm: float) -> float:
        """eGFR in mL/min/1.73 m2 of a child by the bedside Schwartz equation (JASN 2009;20:629)."""
        return self.bedside_schwartz.factor * height_cm / creatinine_mg_dl

    def serum_mg_dl(self, serum: SerumMagnesium) -> float:
        units = self.serum_magnesium
        match serum.unit:
            case MagnesiumUnit.MG_DL:
                return serum.value
            case MagnesiumUnit.MMOL_L:
                return serum.value * units.mg_dl_per_mmol_l
            case MagnesiumUnit.MEQ_L:
                return serum.value / units.meq_per_mmol * units.mg_dl_per_mmol_l

    def worst_of(self, stage: Stage) -> float:
        """The lowest eGFR of a stage."""
        return self.stages[stage.value][0]

    def stage_of(self, egfr: float) -> str:
        """The narrowest stage that holds `egfr`."""
        fitting = [name for name, (low, high) in self.stages.items() if low <= egfr < high]
        return max(fitting, key=len)

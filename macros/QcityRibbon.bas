Attribute VB_Name = "QcityRibbon"
Option Explicit

Sub QcCheck(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.click('check')"
End Sub

Sub QcNew(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.click('new')"
End Sub

Sub QcUndo(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.click('undo')"
End Sub

Sub QcAdopt(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.click('adopt')"
End Sub

Sub QcRevise(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.click('revise')"
End Sub

Sub QcSplit(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.click('split')"
End Sub

Sub QcSend(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.click('send')"
End Sub

Sub QcChase(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.click('chase')"
End Sub

Sub QcUnits(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.click('units')"
End Sub

Sub QcMerge(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.click('merge')"
End Sub

Sub QcCollect(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.click('collect')"
End Sub

Sub QcAttach(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.click('attach')"
End Sub

Sub QcResolve(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.click('resolve')"
End Sub

Sub QcScore(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.click('score')"
End Sub

Sub QcEvidence(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.click('evidence')"
End Sub

Sub QcAdvise(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.click('advise')"
End Sub

Sub QcAgree(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.click('agree')"
End Sub

Sub QcRules(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.click('rules')"
End Sub

Sub QcReport(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.click('report')"
End Sub

Sub QcInspect(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.click('inspect')"
End Sub

Sub QcAnswer(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.click('answer')"
End Sub

Sub QcWhy(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.click('why')"
End Sub

Sub QcManual(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.click('manual')"
End Sub

Sub QcDoctor(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.click('doctor')"
End Sub

Sub QcLog(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.click('log')"
End Sub

Sub QcLogin(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.click('login')"
End Sub

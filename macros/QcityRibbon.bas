Attribute VB_Name = "QcityRibbon"
Option Explicit

Sub QcCheck(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.check()"
End Sub

Sub QcUndo(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.undo()"
End Sub

Sub QcNew(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.new()"
End Sub

Sub QcSplit(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.split()"
End Sub

Sub QcSend(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.send()"
End Sub

Sub QcChase(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.chase()"
End Sub

Sub QcMerge(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.merge()"
End Sub

Sub QcResolve(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.resolve()"
End Sub

Sub QcCollect(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.collect()"
End Sub

Sub QcScore(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.score()"
End Sub

Sub QcEvidence(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.evidence()"
End Sub

Sub QcWhy(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.why()"
End Sub

Sub QcManual(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.manual()"
End Sub

Sub QcDoctor(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.doctor()"
End Sub

Sub QcLog(control As IRibbonControl)
    RunPython "import qcity_xl.ribbon as r; r.log()"
End Sub

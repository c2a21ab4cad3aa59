Attribute VB_Name = "QcityFunctions"
Option Explicit

Public Function QC_SCORE(kind, params, points, answer)
    QC_SCORE = CallQcity("QC_SCORE", Array(kind, params, points, answer), Application.Caller)
End Function

Public Function QC_WHY(kind, params, points, answer)
    QC_WHY = CallQcity("QC_WHY", Array(kind, params, points, answer), Application.Caller)
End Function

Public Function QC_LIGHT(deadline, progress, Optional today)
    QC_LIGHT = CallQcity("QC_LIGHT", Array(deadline, progress, today), Application.Caller)
End Function

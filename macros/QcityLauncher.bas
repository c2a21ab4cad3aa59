Attribute VB_Name = "QcityLauncher"
Option Explicit

' Takes the place of RunPython and GetConfig in the xlwings module: only the add-in's own sheet
' is asked, and nothing of a workbook reaches the command line: its name goes by the environment.

Public Function RunPython(PythonCommand As String)
    ' Python says first whether this add-in belongs to the package that it finds.
    Dim code As String
    code = "import qcity_xl.addin.started as s; s.by('" & GetConfig("QCITY_VERSION") & "'); " & PythonCommand
    If ActiveWorkbook Is Nothing Then Workbooks.Add
    ' Said before Python starts; on a Mac, where nobody waits for its end, Python takes it back.
    Application.StatusBar = GetConfig("MSG_RUNNING")
    On Error GoTo failed
    #If Mac Then
        ' A Python that could not even start takes nothing back: then this does. Longer work says its own words.
        On Error Resume Next
        Application.OnTime Now + TimeSerial(0, 2, 0), "'" & ThisWorkbook.Name & "'!ClearBar"
        On Error GoTo failed
        ExecuteMac code, GetConfig("INTERPRETER_MAC")
    #Else
        RunPython = ExecuteWindows(False, code, GetConfig("INTERPRETER_WIN"))
        Application.StatusBar = False
    #End If
    Exit Function
failed:
    Application.StatusBar = False
    ShowProblem "MSG_FAILED", ""
End Function

Public Sub ClearBar()
    Application.StatusBar = False
End Sub

Public Function GetConfig(configKey As String, Optional default As String = "") As Variant
    Dim i As Long
    GetConfig = default
    With ThisWorkbook.Worksheets(PROJECT_NAME & ".conf")
        For i = 1 To 60
            If .Cells(i, 1).Value = configKey Then GetConfig = .Cells(i, 2).Value
        Next i
    End With
    #If Mac Then
    #Else
        GetConfig = ExpandEnvironmentStrings(GetConfig)
    #End If
End Function

Public Sub ShowProblem(configKey As String, LogFile As String)
    ' One sentence from the sheet; what Python itself said is kept in one file for the IT person.
    Dim target As String
    #If Mac Then
        target = Environ("HOME") & "/qcity_xl.log"
    #Else
        target = Environ("TEMP") & "\qcity_xl.log"
    #End If
    On Error Resume Next
    Application.StatusBar = False
    If LogFile <> "" Then FileCopy LogFile, target
    On Error GoTo 0
    ShowError "", GetConfig(configKey)
End Sub

Public Function CallQcity(functionName As String, arguments As Variant, caller As Variant)
    #If Mac Then
        CallQcity = GetConfig("MSG_WINDOWS_ONLY")
    #Else
        On Error GoTo failed
        CallQcity = XLPy.CallUDF("qcity_xl.functions", functionName, arguments, Nothing, caller)
        Exit Function
failed:
        CallQcity = GetConfig("MSG_FAILED")
    #End If
End Function

Public Sub DescribeFunctions()
    ' Help for Excel's function wizard; where Excel refuses, the functions work without it.
    Dim i As Long
    On Error Resume Next
    With ThisWorkbook.Worksheets(PROJECT_NAME & ".conf")
        For i = 1 To 60
            If Left(.Cells(i, 1).Value, 5) = "HELP_" Then
                Application.MacroOptions Macro:="'" & ThisWorkbook.Name & "'!" & Mid(.Cells(i, 1).Value, 6), Description:=.Cells(i, 2).Value, Category:=GetConfig("TITLE"), ArgumentDescriptions:=Split(.Cells(i, 3).Value, vbLf)
            End If
        Next i
    End With
End Sub

@echo off
rem Starts the client with the Java 25 that STANDFEST_JAVA, JAVA_HOME or the path names.
setlocal
set "here=%~dp0"
if not defined STANDFEST_JAVA if defined JAVA_HOME set "STANDFEST_JAVA=%JAVA_HOME%\bin\javaw.exe"
if not defined STANDFEST_JAVA set "STANDFEST_JAVA=javaw.exe"
for %%j in ("%here%plugins\org.eclipse.equinox.launcher_*.jar") do set "launcher=%%j"
start "" "%STANDFEST_JAVA%" -Xmx2g -Dfile.encoding=UTF-8 -jar "%launcher%" -data @user.home/.standfest/branch %*

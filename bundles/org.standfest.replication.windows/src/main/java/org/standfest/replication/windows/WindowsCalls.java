package org.standfest.replication.windows;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The calls of kernel32 that the JDK does not offer. The library is bound when the first object is
 * made and not when the class is loaded, so that nothing of Windows is touched elsewhere. Needs
 * native access. Safe for any thread.
 */
final class WindowsCalls implements FileFacts {

    private static final int SHARE_ALL = 7;
    private static final int OPEN_EXISTING = 3;
    private static final int READ_ATTRIBUTES = 0x80;
    private static final int BACKUP_SEMANTICS = 0x0200_0000;
    private static final int OPEN_REPARSE_POINT = 0x0020_0000;
    private static final int CLASS_BASIC = 0;
    private static final int CLASS_STANDARD = 1;
    private static final int CLASS_ID = 18;
    private static final int ERROR_HANDLE_EOF = 38;
    private static final long INVALID = -1;

    private final MemoryLayout state = Linker.Option.captureStateLayout();
    private final VarHandle lastError =
            state.varHandle(MemoryLayout.PathElement.groupElement("GetLastError"));
    private final MethodHandle createFile;
    private final MethodHandle closeHandle;
    private final MethodHandle information;
    private final MethodHandle findFirstStream;
    private final MethodHandle findNextStream;
    private final MethodHandle findClose;

    /** Binds kernel32; an exception anywhere but on Windows. */
    WindowsCalls() {
        SymbolLookup kernel = SymbolLookup.libraryLookup("kernel32", Arena.global());
        createFile =
                handle(
                        kernel,
                        "CreateFileW",
                        FunctionDescriptor.of(
                                ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT,
                                ADDRESS));
        closeHandle = handle(kernel, "CloseHandle", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        information =
                handle(
                        kernel,
                        "GetFileInformationByHandleEx",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));
        findFirstStream =
                handle(
                        kernel,
                        "FindFirstStreamW",
                        FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));
        findNextStream =
                handle(
                        kernel,
                        "FindNextStreamW",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
        findClose = handle(kernel, "FindClose", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    }

    private static MethodHandle handle(
            SymbolLookup library, String name, FunctionDescriptor shape) {
        return Linker.nativeLinker()
                .downcallHandle(
                        library.find(name).orElseThrow(),
                        shape,
                        Linker.Option.captureCallState("GetLastError"));
    }

    /** A path longer than 260 characters needs its prefix. */
    private static MemorySegment wide(Path path, Arena arena) {
        String absolute = path.toAbsolutePath().toString();
        String text =
                absolute.startsWith("\\\\")
                        ? "\\\\?\\UNC\\" + absolute.substring(2)
                        : "\\\\?\\" + absolute;
        return arena.allocateFrom(text, StandardCharsets.UTF_16LE);
    }

    @Override
    public Facts of(Path path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = arena.allocate(state);
            MemorySegment name = wide(path, arena);
            MemorySegment handle =
                    (MemorySegment)
                            createFile.invokeExact(
                                    error,
                                    name,
                                    READ_ATTRIBUTES,
                                    SHARE_ALL,
                                    MemorySegment.NULL,
                                    OPEN_EXISTING,
                                    BACKUP_SEMANTICS | OPEN_REPARSE_POINT,
                                    MemorySegment.NULL);
            if (handle.address() == INVALID) {
                throw failed("CreateFileW", path, error);
            }
            try {
                return Facts.of(
                        ask(handle, CLASS_BASIC, Facts.BASIC_INFO_BYTES, path, error, arena),
                        ask(handle, CLASS_STANDARD, Facts.STANDARD_INFO_BYTES, path, error, arena),
                        ask(handle, CLASS_ID, Facts.ID_INFO_BYTES, path, error, arena));
            } finally {
                int _ = (int) closeHandle.invokeExact(error, handle);
            }
        } catch (IOException fault) {
            throw fault;
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }

    private MemorySegment ask(
            MemorySegment handle, int kind, int size, Path path, MemorySegment error, Arena arena)
            throws Throwable {
        MemorySegment room = arena.allocate(size, 8);
        int done = (int) information.invokeExact(error, handle, kind, room, size);
        if (done == 0) {
            throw failed("GetFileInformationByHandleEx", path, error);
        }
        return room;
    }

    @Override
    public List<String> streams(Path path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = arena.allocate(state);
            MemorySegment data = arena.allocate(Facts.STREAM_DATA_BYTES, 8);
            MemorySegment name = wide(path, arena);
            List<String> names = new ArrayList<>();
            MemorySegment handle =
                    (MemorySegment) findFirstStream.invokeExact(error, name, 0, data, 0);
            if (handle.address() == INVALID) {
                if (errorOf(error) == ERROR_HANDLE_EOF) {
                    return List.of();
                }
                throw failed("FindFirstStreamW", path, error);
            }
            try {
                boolean more = true;
                while (more && names.size() <= STREAMS_LIMIT) {
                    Facts.streamName(data).ifPresent(names::add);
                    int next = (int) findNextStream.invokeExact(error, handle, data);
                    more = next != 0;
                }
                if (!more && errorOf(error) != ERROR_HANDLE_EOF) {
                    throw failed("FindNextStreamW", path, error);
                }
                return names;
            } finally {
                int _ = (int) findClose.invokeExact(error, handle);
            }
        } catch (IOException fault) {
            throw fault;
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }

    private int errorOf(MemorySegment error) {
        return (int) lastError.get(error, 0L);
    }

    private IOException failed(String call, Path path, MemorySegment error) {
        return new IOException(call + " " + path + ": error " + errorOf(error));
    }
}

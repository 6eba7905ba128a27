package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.files.PoolFiles;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes away the group decisions that all their members have carried out.
 *
 * @param damaged systems that could not be opened: what is decided about them stays
 */
record GroupSweep(
        PoolFiles files, Path root, Map<String, SystemStore> systems, Set<String> damaged) {

    void run() throws IOException {
        for (Path path : GroupRecord.list(files, GroupRecord.directory(root))) {
            try {
                boolean done = true;
                for (Map.Entry<String, GroupRecord.Member> member :
                        GroupRecord.read(files, path).members().entrySet()) {
                    done &= isThrough(member.getKey(), member.getValue());
                }
                if (done) {
                    files.delete(path);
                }
            } catch (Damage | Refusal unreadable) {
                // stays for a person to look at; it decides nothing any more
            }
        }
    }

    private boolean isThrough(String system, GroupRecord.Member member) throws IOException {
        SystemStore store = systems.get(system);
        if (store == null) {
            return !damaged.contains(system);
        }
        try {
            List<Long> numbers = store.settled().numbers();
            return !numbers.isEmpty() && numbers.getFirst() >= member.number();
        } catch (Refusal unfinished) {
            return false;
        }
    }
}

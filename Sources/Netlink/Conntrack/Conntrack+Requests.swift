import CMnl
import Network

extension Request {
    /// Deletes a tracked connection; its next packet starts a new one.
    package static func delete(_ entry: ConntrackEntry) -> Request {
        Request(
            "delete connection", "\(entry.original)", type: IPCTNL_MSG_CT_DELETE.messageType
        ) { writer in
            writer.putFixed(nfgenmsg(entry.original.family))
            entry.writeIdentity(to: &writer)
        }
    }

    /// Tracks a connection that was not seen.
    package static func create(_ entry: ConntrackEntry) -> Request {
        Request(
            "create connection", "\(entry.original)", type: IPCTNL_MSG_CT_NEW.messageType,
            flags: NLM_F_CREATE | NLM_F_EXCL
        ) { writer in
            writer.putFixed(nfgenmsg(entry.original.family))
            entry.write(to: &writer)
        }
    }

    /// Gives a tracked connection its entry's mark and timeout.
    package static func update(_ entry: ConntrackEntry) -> Request {
        Request(
            "update connection", "\(entry.original)", type: IPCTNL_MSG_CT_NEW.messageType
        ) { writer in
            writer.putFixed(nfgenmsg(entry.original.family))
            entry.writeIdentity(to: &writer)
            writer.put(CTA_TIMEOUT, bigEndian: entry.timeout)
            writer.put(CTA_MARK, bigEndian: entry.mark)
        }
    }

    /// Forgets all connections.
    package static var deleteConnections: Request {
        Request("delete all connections", type: IPCTNL_MSG_CT_DELETE.messageType) { writer in
            writer.putFixed(nfgenmsg(nil))
        }
    }
}

extension Query where Value == ConntrackEntry {
    /// The tracked connections that the kernel finds to match, which may be some too many.
    static func connections(_ filter: ConntrackFilter) -> Query {
        Query(
            Request(
                "list connections", type: IPCTNL_MSG_CT_GET.messageType, flags: NLM_F_DUMP
            ) { writer in
                writer.putFixed(nfgenmsg(filter.impliedFamily))
                filter.write(to: &writer)
            })
    }

    /// The connection that packets of one direction belong to.
    package static func connection(_ original: ConntrackTuple, zone: UInt16 = 0) -> Query {
        Query(
            Request(
                "get connection", "\(original)", type: IPCTNL_MSG_CT_GET.messageType
            ) { writer in
                writer.putFixed(nfgenmsg(original.family))
                original.write(to: &writer, CTA_TUPLE_ORIG)
                if zone != 0 { writer.put(CTA_ZONE, bigEndian: zone) }
            })
    }
}

/// The header of netfilter's messages, for a family or for any.
private func nfgenmsg(_ family: IPFamily?) -> nfgenmsg {
    CMnl.nfgenmsg(
        nfgen_family: family?.number ?? anyFamily, version: UInt8(NFNETLINK_V0), res_id: 0)
}

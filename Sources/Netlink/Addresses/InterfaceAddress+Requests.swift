import CMnl
package import Network

extension Request {
    /// Gives a link an address that it must not have yet.
    package static func add(_ address: InterfaceAddress) -> Request {
        change("add address", address, type: RTM_NEWADDR, flags: NLM_F_CREATE | NLM_F_EXCL)
    }

    /// Gives a link an address, or the address it has other flags and lifetimes.
    package static func replace(_ address: InterfaceAddress) -> Request {
        change(
            "replace address", address, type: RTM_NEWADDR, flags: NLM_F_CREATE | NLM_F_REPLACE)
    }

    package static func delete(_ address: InterfaceAddress) -> Request {
        change("delete address", address, type: RTM_DELADDR, flags: 0)
    }

    private static func change(
        _ operation: String, _ address: InterfaceAddress, type: Int, flags: Int32
    ) -> Request {
        Request(operation, "\(address.address) on \(address.link)", type: type, flags: flags) {
            address.write(to: &$0)
        }
    }
}

extension Query where Value == InterfaceAddress {
    /// The addresses of the namespace, or those of a family or a link.
    package static func addresses(_ family: IPFamily? = nil, on link: LinkIndex? = nil) -> Query {
        let subject = link.map { "on \($0)" } ?? ""
        return Query(
            Request("list addresses", subject, type: RTM_GETADDR, flags: NLM_F_DUMP) { writer in
                var header = ifaddrmsg()
                header.ifa_family = family?.number ?? anyFamily
                header.ifa_index = link?.rawValue ?? 0
                writer.putFixed(header)
            })
    }

    package static var addresses: Query { addresses() }
}

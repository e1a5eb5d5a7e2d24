import Network

extension NetworkConfiguration {
    /// The `dns` of the configuration, which replaces IPAM's as soon as it has any key (C34).
    package var ownDNS: NetworkResult.DNS? {
        get throws(CNIError) {
            let section = try settings.section("dns")
            return section.object.members.isEmpty ? nil : try NetworkResult.DNS(section)
        }
    }

    /// The attachments that GC must keep (C28).
    ///
    /// An empty list says that none is valid. A missing one says nothing, and then nothing may go.
    package var validAttachments: Set<Attachment> {
        get throws(CNIError) {
            let key = "cni.dev/valid-attachments"
            let setting = settings[key].isPresent ? settings[key] : settings["cni.dev/attachments"]
            guard let elements = try setting.elements() else {
                throw settings[key].wrong("GC needs the list of the attachments to keep")
            }
            var valid: Set<Attachment> = []
            for element in elements { valid.insert(try attachment(element)) }
            return valid
        }
    }

    private func attachment(_ setting: Setting) throws(CNIError) -> Attachment {
        guard let members = try setting.section() else { throw setting.wrong("must be an object") }
        guard let id = try members["containerID"].string(),
            let interface = try members["ifname"].parsed(as: InterfaceName.self)
        else { throw setting.wrong("must have containerID and ifname") }
        return Attachment(network: name, containerID: id, interface: interface)
    }
}

import JSON
import Network

extension NetworkConfiguration {
    /// What replaces IPAM's `dns` as soon as it has any key (C34): the runtime's, then our own.
    package var ownDNS: NetworkResult.DNS? {
        get throws(CNIError) {
            for section in [try runtime.section("dns"), try settings.section("dns")]
            where !section.object.members.isEmpty {
                return try NetworkResult.DNS(section)
            }
            return nil
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
